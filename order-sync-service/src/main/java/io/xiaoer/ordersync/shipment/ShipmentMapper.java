package io.xiaoer.ordersync.shipment;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;

/// The tables `shipment` and `shipment_event`.
@Mapper
interface ShipmentMapper {

    /// The versions of all parcels of several orders.
    List<Version> versions(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);

    /// The version of a parcel.
    record Version(String orderId, String trackingNo, Instant updatedAt) {}

    void insertAll(@Param("shipments") List<ShipmentRow> shipments);

    void update(ShipmentRow shipment);

    void deleteEvents(@Param("shop") ShopId shop, @Param("order") String order, @Param("trackingNo") String trackingNo);

    void insertEvents(@Param("events") List<EventRow> events);

    /// The parcels of several orders.
    List<ShipmentRow> of(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);

    /// The events of all parcels of several orders, each parcel's in their own order.
    List<EventRow> events(@Param("shop") ShopId shop, @Param("orders") Collection<String> orders);
}
