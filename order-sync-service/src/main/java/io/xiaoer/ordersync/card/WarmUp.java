package io.xiaoer.ordersync.card;

import graphql.ExecutionInput;
import graphql.GraphQL;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.cache.PartCache;
import io.xiaoer.ordersync.card.CardSources.AfterSalePort;
import io.xiaoer.ordersync.card.CardSources.CouponPort;
import io.xiaoer.ordersync.card.CardSources.OrderPort;
import io.xiaoer.ordersync.card.CardSources.ShipmentPort;
import io.xiaoer.ordersync.order.OrderQuery;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Asks every source once before the service calls itself ready: the first question would otherwise spend its
/// deadline on classes being loaded and statements being parsed, and its answer would miss parts. It asks for
/// a shop that has nothing, and its failure delays nothing.
@Component
class WarmUp implements ApplicationRunner {

    private static final Logger LOGGER = LoggerFactory.getLogger(WarmUp.class);
    private static final ShopId NOBODY = new ShopId("warm-up");

    private final GraphQL cards;
    private final CardLoaders loaders;
    private final OrderPort orders;
    private final ShipmentPort shipments;
    private final AfterSalePort afterSales;
    private final CouponPort coupons;
    private final PartCache cache;

    WarmUp(
            GraphQL cards,
            CardLoaders loaders,
            OrderPort orders,
            ShipmentPort shipments,
            AfterSalePort afterSales,
            CouponPort coupons,
            PartCache cache) {
        this.cards = cards;
        this.loaders = loaders;
        this.orders = orders;
        this.shipments = shipments;
        this.afterSales = afterSales;
        this.coupons = coupons;
        this.cache = cache;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var answer = new CardAnswer(cache);
        try {
            orders.find(NOBODY, "none", false);
            orders.list(NOBODY, new OrderQuery("none", null, null, null, null, null, 1), false);
            shipments.of(NOBODY, Set.of("none"));
            afterSales.of(NOBODY, Set.of("none"));
            coupons.of(NOBODY, Set.of("none"));
            cards.execute(ExecutionInput.newExecutionInput(
                            "{ order(id: \"none\") { id } orders(user_id: \"none\") { nodes { id shipments { carrier } } } }")
                    .graphQLContext(context -> context.of(ShopId.class, NOBODY).of(CardAnswer.class, answer))
                    .dataLoaderRegistry(loaders.forOneAnswer(NOBODY, answer))
                    .build());
            answer.keep();
        } catch (RuntimeException failure) {
            LOGGER.atWarn().setCause(failure).log("The sources of cards could not be warmed up");
        }
    }
}
