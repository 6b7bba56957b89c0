/** Message bodies that users write, with templates in them: rendered within bounds, or refused. Knows no channel and no network. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.template;
