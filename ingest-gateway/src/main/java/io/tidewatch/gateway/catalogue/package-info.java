/** What types of check and of notification there are, for clients that draw forms. For the gateway's wiring. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.catalogue;
