package io.xiaoer.common.tenant;

import java.util.Set;

/// What the text of a statement alone says about shops.
sealed interface TenantVerdict {

    /// Each tenant table is bound by a parameter; the bound values remain to be compared.
    ///
    /// @param parameters positions, from 0, of the parameters that must be the current shop
    /// @param count      how many parameters the statement has
    record Bound(Set<Integer> parameters, int count) implements TenantVerdict {}

    /// The statement may not be sent.
    ///
    /// @param reason for the developer; no values of parameters in it
    record Refused(String reason) implements TenantVerdict {}
}
