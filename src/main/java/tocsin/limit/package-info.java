/** How long to wait before a send: rates per key, as data that changes at run time. */
@NullMarked
package tocsin.limit;

import org.jspecify.annotations.NullMarked;
