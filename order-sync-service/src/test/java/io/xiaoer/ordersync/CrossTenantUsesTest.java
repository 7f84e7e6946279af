package io.xiaoer.ordersync;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.xiaoer.common.tenant.CrossTenant;
import org.junit.jupiter.api.Test;

/// Who reads or writes the rows of several shops. A new name here is a decision to be reviewed.
class CrossTenantUsesTest {

    @Test
    void onlyTheseStatementsCrossShops() {
        var uses = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.xiaoer.ordersync").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(CrossTenant.class))
                        .map(JavaMethod::getFullName);
        assertThat(uses)
                .hasSize(23)
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.cache.CardChangeMapper.oldest("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.cache.CardChangeMapper.forget("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.aftersale.AfterSaleMapper.underOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.aftersale.AfterSaleMapper.countOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.command.CommandMapper.underOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.command.CommandMapper.countOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.command.CommandMapper.forget("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.inventory.InventoryMapper.forgetEnded("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.order.OrderMapper.forgetReceiversToldBefore("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.order.OrderMapper.underOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.order.ErasedMapper.forget("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.request.RequestMapper.underOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.request.RequestMapper.countOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.order.OrderMapper.countOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.command.IdempotencyMapper.forget("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.inventory.InventoryMapper.overdue("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.source.SourceMapper.byEvents("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.source.SourceMapper.due("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.source.SourceMapper.standing("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.source.SourceMapper.underOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.source.SourceMapper.countOlder("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.source.SourceMapper.forget("))
                .anyMatch(use -> use.startsWith("io.xiaoer.ordersync.unmask.UnmaskMapper.forget("));
    }
}
