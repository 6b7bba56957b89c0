/**
 * The fuzz: one tenant sends the API and the topic of results whatever it can think of, while another, who minds its own
 * business, is asked every second whether its alerts still come. {@link RequestKinds} and {@link RecordKinds} list what
 * is sent, {@link io.tidewatch.system.fuzz.calm.Judge} is the other tenant, {@link FuzzIT} runs it all. Tests only.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.fuzz;
