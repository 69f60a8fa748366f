/**
 * The engine: the planner turns an update into chunks, a lane per channel sends them within the
 * limits, the retry policy decides what becomes of a deferred send.
 */
@NullMarked
package tocsin.dispatch;

import org.jspecify.annotations.NullMarked;
