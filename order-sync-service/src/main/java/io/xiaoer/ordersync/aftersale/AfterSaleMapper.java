package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

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

    int forgetReasons(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);

    @CrossTenant(reason = "The sweep encrypts the reasons of all shops anew")
    List<SealedReasons.Row> underOlder(OlderKey wanted);

    @CrossTenant(reason = "A figure over all shops, for metrics")
    int countOlder(@Param("key") byte[] key, @Param("most") int most);

    /// Replaces the encrypted reason if it is still the one that was read; says whether it was.
    boolean reseal(@Param("row") SealedReasons.Row row, @Param("fresh") byte @Nullable [] fresh);
}
