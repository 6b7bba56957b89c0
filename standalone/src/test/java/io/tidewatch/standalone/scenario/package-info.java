/** Tests of scenarios: their format, and every scenario of the project, without servers and on real ones. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone.scenario;
