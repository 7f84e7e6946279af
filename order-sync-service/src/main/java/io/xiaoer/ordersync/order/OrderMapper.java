package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The tables `orders` and `order_item`.
@Mapper
interface OrderMapper {

    /// The version of the row, which stays locked until the transaction ends; null if there is no row.
    @Nullable
    Version lock(@Param("shop") ShopId shop, @Param("id") String id);

    /// The versions of those of several orders that are there; they stay locked until the transaction ends.
    List<Version> lockAll(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);

    /// The version of an order, and whose it is.
    record Version(String id, String userId, Instant updatedAt) {}

    void insertAll(@Param("orders") List<OrderRow> orders);

    void update(OrderRow order);

    /// The total as it was put, whatever a command made of it.
    long toldTotal(@Param("shop") ShopId shop, @Param("id") String id);

    void setPrice(@Param("shop") ShopId shop, @Param("id") String id, @Param("price") long price);

    void setReceiver(@Param("shop") ShopId shop, @Param("id") String id, @Param("receiver") SealedReceiver receiver);

    void setStatus(@Param("shop") ShopId shop, @Param("id") String id, @Param("status") OrderStatus status);

    /// The orders of a shopper.
    List<String> idsOf(@Param("shop") ShopId shop, @Param("user") String user);

    int forgetReceivers(@Param("shop") ShopId shop, @Param("user") String user);

    @CrossTenant(reason = "The sweeper forgets the old receivers of all shops")
    int forgetReceiversToldBefore(@Param("before") Instant before, @Param("limit") int limit);

    @CrossTenant(reason = "The sweep encrypts the receivers of all shops anew")
    List<SealedRow> underOlder(OlderKey wanted);

    @CrossTenant(reason = "A figure over all shops, for metrics")
    int countOlder(@Param("key") byte[] key, @Param("most") int most);

    /// Replaces the encrypted fields if they are still those that were read; says whether they were.
    boolean reseal(@Param("row") SealedRow row, @Param("fresh") SealedReceiver fresh);

    void deleteItems(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);

    void insertItems(@Param("items") List<ItemRow> items);

    @Nullable
    OrderRow find(@Param("shop") ShopId shop, @Param("id") String id);

    /// @param phoneHash of the number that the query looks for; null if it looks for none
    /// @param previousHash the same under the key before, if there is one
    List<OrderRow> list(
            @Param("shop") ShopId shop,
            @Param("query") OrderQuery query,
            @Param("phoneHash") byte @Nullable [] phoneHash,
            @Param("previousHash") byte @Nullable [] previousHash);

    /// The items of several orders, each order's in their own order.
    List<ItemRow> items(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);
}
