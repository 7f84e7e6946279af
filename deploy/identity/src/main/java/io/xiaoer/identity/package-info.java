/// A small authorization server: client credentials in, signed access tokens out; agents sign in on a page of its own.
/// It keeps nothing but its surroundings: clients and key are given at the start, tokens are not remembered.
/// Any OpenID provider may stand in its place.
@NullMarked
package io.xiaoer.identity;

import org.jspecify.annotations.NullMarked;
