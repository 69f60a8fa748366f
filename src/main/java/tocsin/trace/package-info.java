/** What an operator follows of an update from its intake to its sends, by OpenTelemetry. */
@NullMarked
package tocsin.trace;

import org.jspecify.annotations.NullMarked;
