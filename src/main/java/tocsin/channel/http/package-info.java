/**
 * One HTTP request and its answer under one deadline, awaited by a virtual thread: what SMS and
 * webhooks share. Knows no message and no outcome.
 */
@NullMarked
package tocsin.channel.http;

import org.jspecify.annotations.NullMarked;
