/**
 * The commands of the gateway and the gateway itself, put together. Last in the line of packages,
 * imports any of them.
 */
@NullMarked
package tocsin;

import org.jspecify.annotations.NullMarked;
