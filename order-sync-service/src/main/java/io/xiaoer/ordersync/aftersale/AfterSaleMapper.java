package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The table `after_sale`.
@Mapper
interface AfterSaleMapper {

    /// The version of the row; null if there is no row.
    @Nullable
    Instant version(@Param("shop") ShopId shop, @Param("order") String order, @Param("id") String id);

    void insert(AfterSaleRow afterSale);

    void update(AfterSaleRow afterSale);

    /// The after-sales of several orders.
    List<AfterSaleRow> of(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);
}
