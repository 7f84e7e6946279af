package io.xiaoer.session.connection;

import io.xiaoer.common.id.ShopId;
import org.jspecify.annotations.Nullable;

/// What a shop allows on its connections.
interface ShopRules {

    /// Whether a page of this origin may connect. Apps send none, which is allowed; `null` is not.
    ///
    /// @throws io.xiaoer.common.problem.ProblemException if there is no such shop or it cannot be looked up now
    boolean allowsOrigin(ShopId shop, @Nullable String origin);

    /// Checks that a message's picture stands on a host of the shop's list.
    ///
    /// @throws BadFrame with the message's id, if it does not or the shop cannot be looked up now
    void check(ShopId shop, ClientFrame.Send send) throws BadFrame;
}
