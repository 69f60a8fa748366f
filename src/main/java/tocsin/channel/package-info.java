/**
 * What one recipient gets and what one send came to: sealed messages and outcomes, and the one
 * switch over them.
 */
@NullMarked
package tocsin.channel;

import org.jspecify.annotations.NullMarked;
