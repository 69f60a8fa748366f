/** What people do for themselves: join with proof that it was they who asked, choose, and leave. */
@NullMarked
package tocsin.selfservice;

import org.jspecify.annotations.NullMarked;
