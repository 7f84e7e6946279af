/// Which addresses an endpoint may have. What is not public is refused, by its number and not by its name: whoever is
/// about to connect asks again, and connects to the very address that was checked.
@NullMarked
package io.xiaoer.compensation.webhook.address;

import org.jspecify.annotations.NullMarked;
