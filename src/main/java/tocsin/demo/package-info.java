/** The founding incident, replayed against receivers on loopback. */
@NullMarked
package tocsin.demo;

import org.jspecify.annotations.NullMarked;
