package io.xiaoer.ordersync.source;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.PlatformOrder;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.ingest.Ingestion;
import io.xiaoer.ordersync.order.Change;
import io.xiaoer.ordersync.source.PlatformEvent.AfterSaleTold;
import io.xiaoer.ordersync.source.PlatformEvent.OrderTold;
import io.xiaoer.ordersync.source.PlatformEvent.ShipmentTold;
import io.xiaoer.ordersync.source.PlatformEvent.Unconcerned;
import io.xiaoer.ordersync.source.PlatformEvent.Untranslatable;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes what platforms told. An order that no later try would take either becomes a record on
/// [Topic#COMMERCE_SOURCE], once for each of its versions, and from there a task of compensation; what fails for
/// another reason fails the call, for the platform, or the next poll, to repeat.
@Component
class SourceIntake {

    private static final Logger LOGGER = LoggerFactory.getLogger(SourceIntake.class);
    private static final String NO_ORDER = "none";

    private final Ingestion ingestion;
    private final SourceNotes notes;
    private final Outbox outbox;
    private final EventWriter events;
    private final SnowflakeIds ids;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SourceIntake(
            Ingestion ingestion,
            SourceNotes notes,
            Outbox outbox,
            EventWriter events,
            SnowflakeIds ids,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.ingestion = ingestion;
        this.notes = notes;
        this.outbox = outbox;
        this.events = events;
        this.ids = ids;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /// Takes one of the tellings of a platform that can be asked again.
    Outcome take(SourceRow source, PlatformEvent event) {
        return switch (event) {
            case Unconcerned _ -> Outcome.IGNORED;
            case Untranslatable broken -> park(source, broken);
            case OrderTold told -> {
                try {
                    yield takeAtOnce(source, told);
                } catch (ProblemException refused) {
                    yield park(source, untaken(told, refused));
                } catch (DataIntegrityViolationException refused) {
                    LOGGER.atError()
                            .setCause(refused)
                            .addKeyValue("shop_id", source.shopId().value())
                            .log("An order of a platform is refused by the database");
                    yield park(source, untaken(told, "does not fit into the database"));
                } catch (DataAccessException | TransactionException away) {
                    throw away;
                } catch (RuntimeException unexpected) {
                    LOGGER.atError()
                            .setCause(unexpected)
                            .addKeyValue("shop_id", source.shopId().value())
                            .log("An order of a platform failed unexpectedly");
                    yield park(source, untaken(told, "an unexpected failure; it has been logged"));
                }
            }
            case ShipmentTold _, AfterSaleTold _ -> {
                try {
                    yield takeAtOnce(source, event);
                } catch (ProblemException refused) {
                    if (refused.code() == ProblemCode.UNAVAILABLE) {
                        throw refused;
                    }
                    yield Outcome.LEFT_TO_POLL;
                }
            }
        };
    }

    /// Takes one telling, or throws why not.
    ///
    /// @throws ProblemException for who sent it
    Outcome takeAtOnce(SourceRow source, PlatformEvent event) {
        var shop = source.shopId();
        return switch (event) {
            case Unconcerned _ -> Outcome.IGNORED;
            case Untranslatable broken -> throw ProblemException.invalid("order", broken.rule());
            case OrderTold told -> outcome(ingestion.put(shop, told.order(), told.shipments(), told.afterSales()));
            case ShipmentTold told -> outcome(ingestion.put(shop, told.order(), told.shipment()));
            case AfterSaleTold told -> outcome(ingestion.put(shop, told.order(), told.afterSale()));
        };
    }

    private static Outcome outcome(Change change) {
        return change.isApplied() ? Outcome.APPLIED : Outcome.STALE;
    }

    private static Untranslatable untaken(OrderTold told, ProblemException refused) {
        if (refused.code() == ProblemCode.UNAVAILABLE) {
            throw refused;
        }
        return untaken(told, refused.detail());
    }

    private static Untranslatable untaken(OrderTold told, String rule) {
        return new Untranslatable(told.order().id(), told.order().updatedAt().toString(), rule);
    }

    private Outcome park(SourceRow source, Untranslatable broken) {
        var id = ids.next();
        var key = broken.order().isEmpty() ? NO_ORDER : broken.order();
        var order = new PlatformOrder(
                id, source.shopId().value(), source.name(), broken.order(), broken.rule(), clock.instant());
        transaction.executeWithoutResult(status -> Tenant.run(source.shopId(), () -> {
            if (notes.addParked(source, broken.order(), broken.version())) {
                outbox.add(events.record(Topic.COMMERCE_SOURCE, key, id, order));
            }
        }));
        return Outcome.PARKED;
    }
}
