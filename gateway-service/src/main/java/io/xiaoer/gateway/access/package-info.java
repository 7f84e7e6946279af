/// Who may come in. A token is found in one of three places, checked, and handed on as `Authorization`; an address that
/// calls too often and a page of an unknown origin are refused. All of it is decided before any upgrade and before any
/// service hears of the call.
@NullMarked
package io.xiaoer.gateway.access;

import org.jspecify.annotations.NullMarked;
