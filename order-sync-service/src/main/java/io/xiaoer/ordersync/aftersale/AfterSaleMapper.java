package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;

/// The table `after_sale`.
@Mapper
interface AfterSaleMapper {

    /// The versions of all after-sales of several orders.
    List<Version> versions(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);

    /// The version of an after-sale.
    record Version(String orderId, String id, Instant updatedAt) {}

    void insertAll(@Param("cases") List<AfterSaleRow> cases);

    void update(AfterSaleRow afterSale);

    /// The after-sales of several orders.
    List<AfterSaleRow> of(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);
}
