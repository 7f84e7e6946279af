package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import org.jspecify.annotations.Nullable;

/// The flows of shops, as the engine needs them. Touches nothing outside this process.
public interface FlowBook {

    /// The version of a flow that a shopper begins now, null if there is no such flow.
    @Nullable
    Flow current(UserKey user, String name);

    /// A version that was begun before, null if it is not kept any more.
    @Nullable
    Flow version(ShopId shop, String name, int version);
}
