package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.LargestBody;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.order.Change;
import io.xiaoer.ordersync.order.Rules;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/// Orders, parcels and after-sales, one at a time. Every `PUT` answers with the whole order as it stands
/// then and says in `meta.applied` whether what was put stands in it.
@RestController
@RequestMapping("/api/v1/orders/{id}")
class OrderController {

    /// The longest line of a batch in whatever charset, so that its order is taken by itself too.
    static final String LARGEST = "1MB";

    private final Ingestion ingestion;
    private final OrderReader reader;

    OrderController(Ingestion ingestion, OrderReader reader) {
        this.ingestion = ingestion;
        this.reader = reader;
    }

    @GetMapping
    Answer<Resource<OrderView>> show(Caller caller, @PathVariable String id) {
        return Answer.of(reader.read(caller.requireShop(), id));
    }

    @PutMapping
    @LargestBody(LARGEST)
    ResponseEntity<Answer<Resource<OrderView>>> put(
            Caller caller, @PathVariable String id, @RequestBody OrderDocument document) {
        var shop = caller.requireShop();
        var order = Rules.valid(() -> document.order(id));
        return answer(shop, order.id(), ingestion.put(shop, order, document.shipments(), document.afterSales()));
    }

    @PutMapping("/shipments/{trackingNo}")
    @LargestBody(LARGEST)
    ResponseEntity<Answer<Resource<OrderView>>> putShipment(
            Caller caller,
            @PathVariable String id,
            @PathVariable String trackingNo,
            @RequestBody ShipmentDocument document) {
        var shop = caller.requireShop();
        var order = Rules.valid(() -> Rules.id("order_id", id));
        var shipment = Rules.valid(() -> document.shipment(trackingNo));
        return answer(shop, order, ingestion.put(shop, order, shipment));
    }

    @PutMapping("/after-sales/{afterSaleId}")
    ResponseEntity<Answer<Resource<OrderView>>> putAfterSale(
            Caller caller,
            @PathVariable String id,
            @PathVariable String afterSaleId,
            @RequestBody AfterSaleDocument document) {
        var shop = caller.requireShop();
        var order = Rules.valid(() -> Rules.id("order_id", id));
        var afterSale = Rules.valid(() -> document.afterSale(afterSaleId));
        return answer(shop, order, ingestion.put(shop, order, afterSale));
    }

    private ResponseEntity<Answer<Resource<OrderView>>> answer(ShopId shop, String id, Change change) {
        var body = Answer.of(reader.read(shop, id)).meta("applied", change.isApplied());
        if (change != Change.CREATED) {
            return ResponseEntity.ok(body);
        }
        var location = UriComponentsBuilder.fromPath("/api/v1/orders/{id}").build(id);
        return ResponseEntity.created(location).body(body);
    }
}
