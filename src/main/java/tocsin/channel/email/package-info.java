/** E-mail by SMTP. Never imports another channel. */
@NullMarked
package tocsin.channel.email;

import org.jspecify.annotations.NullMarked;
