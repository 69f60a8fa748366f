/** The vocabulary of incidents, and the inbox that accepts an update durably and once. */
@NullMarked
package tocsin.incident;

import org.jspecify.annotations.NullMarked;
