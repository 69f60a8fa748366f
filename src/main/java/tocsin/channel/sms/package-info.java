/** SMS by Twilio. Never imports another channel. */
@NullMarked
package tocsin.channel.sms;

import org.jspecify.annotations.NullMarked;
