/// Who calls, and what they may do: tokens of exactly two issuers, checked the same way by every process.
///
/// [io.xiaoer.common.access.TokenVerifier] is the check; it knows neither servlets nor the reactive
/// stack. Services on servlets import [io.xiaoer.common.access.AccessConfiguration] and say in a bean of
/// type [io.xiaoer.common.access.AccessRules] which scopes reach which address; what is not named is
/// refused. Controllers take a [io.xiaoer.common.access.Caller] as argument. The shop of a call is the
/// token's, never the request's. [io.xiaoer.common.access.InternalTokens] gets the token for a call from
/// service to service. Who counts what comes from an address counts by its
/// [io.xiaoer.common.access.AddressBlock].
@NullMarked
package io.xiaoer.common.access;

import org.jspecify.annotations.NullMarked;
