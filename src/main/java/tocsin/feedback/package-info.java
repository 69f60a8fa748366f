/** What providers say later: callbacks become receipts. */
@NullMarked
package tocsin.feedback;

import org.jspecify.annotations.NullMarked;
