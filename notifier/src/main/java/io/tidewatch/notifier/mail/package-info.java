/** How mails get to the operator's mail server. For the channel that writes mails. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.mail;
