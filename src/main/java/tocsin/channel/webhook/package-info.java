/** Signed webhooks to hostile addresses. Never imports another channel. */
@NullMarked
package tocsin.channel.webhook;

import org.jspecify.annotations.NullMarked;
