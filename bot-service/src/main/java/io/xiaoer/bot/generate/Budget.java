package io.xiaoer.bot.generate;

import io.xiaoer.common.id.ShopId;

/// What a shop may spend on models in a day.
interface Budget {

    /// Takes tokens of the day's budget.
    ///
    /// @return false if not so many are left; then none are taken
    /// @throws org.springframework.dao.DataAccessException if it cannot be told
    boolean take(ShopId shop, long tokens);

    /// Gives back what was taken and not used; takes more if that is below zero and still left.
    ///
    /// @throws org.springframework.dao.DataAccessException if it cannot be told
    void giveBack(ShopId shop, long tokens);
}
