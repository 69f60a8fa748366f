/** Requests that nobody means, against a whole gateway: whatever comes, it answers and goes on. */
@NullMarked
package tocsin.fuzz;

import org.jspecify.annotations.NullMarked;
