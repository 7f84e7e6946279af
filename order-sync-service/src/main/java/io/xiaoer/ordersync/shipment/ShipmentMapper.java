package io.xiaoer.ordersync.shipment;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The tables `shipment` and `shipment_event`.
@Mapper
interface ShipmentMapper {

    /// The version of the row; null if there is no row.
    @Nullable
    Instant version(@Param("shop") ShopId shop, @Param("order") String order, @Param("trackingNo") String trackingNo);

    void insert(ShipmentRow shipment);

    void update(ShipmentRow shipment);

    void deleteEvents(@Param("shop") ShopId shop, @Param("order") String order, @Param("trackingNo") String trackingNo);

    void insertEvents(@Param("events") List<EventRow> events);

    /// The parcels of several orders.
    List<ShipmentRow> of(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);

    /// The events of all parcels of several orders, each parcel's in their own order.
    List<EventRow> events(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);
}
