/**
 * One HTTP request and its answer under one deadline: what SMS and webhooks share. Knows no message
 * and no outcome.
 */
@NullMarked
package tocsin.channel.http;

import org.jspecify.annotations.NullMarked;
