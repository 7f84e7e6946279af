package io.xiaoer.ordersync.inventory;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.order.Rules;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/// Shows and sets what a shop has of an article.
@RestController
@RequestMapping("/api/v1/inventory/{sku}")
class InventoryController {
    private static final long MOST = 1_000_000_000_000L;

    private final Inventory inventory;

    InventoryController(Inventory inventory) {
        this.inventory = inventory;
    }

    /// The body of a `PUT`.
    record StockRequest(long onHand) {}

    /// The attributes of an article's inventory in answers.
    record StockView(long onHand, long locked, long available) {
        static Resource<StockView> of(Stock stock) {
            return new Resource<>(
                    stock.sku(), "inventory", new StockView(stock.onHand(), stock.locked(), stock.available()));
        }
    }

    @PutMapping
    ResponseEntity<Answer<Resource<StockView>>> put(
            Caller caller, @PathVariable String sku, @RequestBody StockRequest request) {
        var article = Rules.valid(() -> Rules.id("sku", sku));
        var onHand = Rules.valid(() -> Rules.range("on_hand", request.onHand(), 0, MOST));
        var put = inventory.put(caller.requireShop(), article, onHand);
        var answer = Answer.of(StockView.of(put.stock()));
        if (!put.created()) {
            return ResponseEntity.ok(answer);
        }
        var location = UriComponentsBuilder.fromPath("/api/v1/inventory/{sku}").build(article);
        return ResponseEntity.created(location).body(answer);
    }

    @GetMapping
    Answer<Resource<StockView>> show(Caller caller, @PathVariable String sku) {
        return inventory
                .find(caller.requireShop(), sku)
                .map(StockView::of)
                .map(Answer::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no inventory of this sku"));
    }
}
