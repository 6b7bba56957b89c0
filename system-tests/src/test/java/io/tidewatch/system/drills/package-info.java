/**
 * The drills, in which real processes under load are killed, or come and go, or lose Cassandra: what comes out has to be what
 * a run that nobody disturbed gives, transitions by {@link Drill}, rows by {@link LossDrill}. Tests only.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.drills;
