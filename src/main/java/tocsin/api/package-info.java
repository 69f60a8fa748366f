/**
 * The JSON API: one handler class per resource, behind the OpenAPI contract; health and metrics.
 */
@NullMarked
package tocsin.api;

import org.jspecify.annotations.NullMarked;
