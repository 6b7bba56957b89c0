/**
 * The drill: processes of the alarms application are killed, or come and go, under load, and its transitions have to be
 * those of a run that nobody disturbed. Tests only.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone.kills;
