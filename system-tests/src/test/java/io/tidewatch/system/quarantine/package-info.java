/** Records that make their tasks fail, on real servers and in processes of their own. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.quarantine;
