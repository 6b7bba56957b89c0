/** What a type of check is declared with: its fields, its metrics, who runs it. For the declarations beside this package and whoever reads them. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.declaration;
