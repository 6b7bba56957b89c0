/**
 * The parts of a check type's declaration: its fields, its metrics, who runs it. For the packages of declarations beside
 * this one, and for those who read declarations.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.declaration;
