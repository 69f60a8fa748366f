/** Who is told: customers, subscribers, subscriptions, and the match of an update against them. */
@NullMarked
package tocsin.audience;

import org.jspecify.annotations.NullMarked;
