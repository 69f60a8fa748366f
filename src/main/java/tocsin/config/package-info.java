/**
 * Settings from defaults, then a file, then the environment: read once, every problem reported at
 * once. First in the line of packages, imports none of them.
 */
@NullMarked
package tocsin.config;

import org.jspecify.annotations.NullMarked;
