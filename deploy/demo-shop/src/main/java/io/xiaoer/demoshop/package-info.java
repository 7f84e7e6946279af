/// A shop's own backend, as small as it can be: it holds the merchant's credentials, vouches for the shopper who has
/// logged in with it, and hands the page nothing but a chat token of an hour.
@NullMarked
package io.xiaoer.demoshop;

import org.jspecify.annotations.NullMarked;
