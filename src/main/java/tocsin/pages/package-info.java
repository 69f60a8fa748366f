/** What people look at, server-rendered: the incident page and the unsubscribe page. */
@NullMarked
package tocsin.pages;

import org.jspecify.annotations.NullMarked;
