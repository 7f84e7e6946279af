package io.xiaoer.ordersync.card;

import graphql.GraphQL;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.visibility.NoIntrospectionGraphqlFieldVisibility;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.ordersync.aftersale.AfterSales;
import io.xiaoer.ordersync.card.CardSources.AfterSalePort;
import io.xiaoer.ordersync.card.CardSources.CouponPort;
import io.xiaoer.ordersync.card.CardSources.OrderPort;
import io.xiaoer.ordersync.card.CardSources.ShipmentPort;
import io.xiaoer.ordersync.coupon.CouponSource;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderQuery;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.shipment.Shipments;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/// Wires the schema to its fields, the ports to this service's own tables, and the limits before both.
@Configuration(proxyBeanMethods = false)
class CardConfiguration {

    private static final int MOST_DEPTH = 8;
    private static final int INTROSPECTION_DEPTH = 20;
    private static final int MOST_COST = 300;
    private static final int COST_OF_A_QUERY = 10;

    @Bean
    GraphQL cards(OrderFetchers fetchers, PermissionFetchers permissions, CardSettings settings) {
        var types = new SchemaParser().parse(new InputStreamReader(schema(), StandardCharsets.UTF_8));
        var schema = new SchemaGenerator().makeExecutableSchema(types, wiring(fetchers, permissions, settings));
        int depth = settings.introspection() ? INTROSPECTION_DEPTH : MOST_DEPTH;
        return GraphQL.newGraphQL(schema)
                .defaultDataFetcherExceptionHandler(new CardErrors())
                .preparsedDocumentProvider(new KnownQueries())
                .instrumentation(new ChainedInstrumentation(List.of(
                        new MaxQueryDepthInstrumentation(depth),
                        new MaxQueryComplexityInstrumentation(
                                MOST_COST,
                                (field, children) -> children
                                        + (field.getParentType().equals(schema.getQueryType())
                                                ? COST_OF_A_QUERY
                                                : 1)))))
                .build();
    }

    private static RuntimeWiring wiring(OrderFetchers fetchers, PermissionFetchers permissions, CardSettings settings) {
        var wiring = RuntimeWiring.newRuntimeWiring()
                .type(
                        "Query",
                        query -> query.dataFetcher("order", fetchers::order)
                                .dataFetcher("orders", fetchers::orders)
                                .dataFetcher("coupons", fetchers::coupons)
                                .dataFetcher("permission", permissions::permission)
                                .dataFetcher("compensation", permissions::compensation))
                .type(
                        "Order",
                        order -> order.dataFetcher(
                                        "shipments", field -> fetchers.part(field, CardSource.SHIPMENTS, "id"))
                                .dataFetcher("after_sales", field -> fetchers.part(field, CardSource.AFTER_SALES, "id"))
                                .dataFetcher("coupons", field -> fetchers.part(field, CardSource.COUPONS, "user_id")));
        CardScalars.all().forEach(wiring::scalar);
        if (!settings.introspection()) {
            wiring.fieldVisibility(NoIntrospectionGraphqlFieldVisibility.NO_INTROSPECTION_FIELD_VISIBILITY);
        }
        return wiring.build();
    }

    private static InputStream schema() {
        try {
            return new ClassPathResource("graphql/card.graphqls").getInputStream();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Bean
    OrderPort orderPort(Orders orders) {
        return new OrderPort() {
            @Override
            public Optional<Order> find(ShopId shop, String id, boolean withReceiver) {
                return withReceiver ? orders.findMasked(shop, id) : orders.find(shop, id);
            }

            @Override
            public List<Order> list(ShopId shop, OrderQuery query, boolean withReceivers) {
                return withReceivers ? orders.listMasked(shop, query) : orders.list(shop, query);
            }
        };
    }

    @Bean
    ShipmentPort shipmentPort(Shipments shipments) {
        return shipments::of;
    }

    @Bean
    AfterSalePort afterSalePort(AfterSales afterSales) {
        return afterSales::of;
    }

    @Bean
    CouponPort couponPort(CouponSource coupons) {
        return coupons::couponsOf;
    }
}
