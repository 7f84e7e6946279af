package io.xiaoer.ordersync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.xiaoer.common.tenant.CrossTenant;
import io.xiaoer.common.testing.DocumentedAddresses;
import io.xiaoer.common.testing.HouseRules;

/// The rules of the house, over this module.
@AnalyzeClasses(
        packages = "io.xiaoer.ordersync",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests ADDRESSES = ArchTests.in(DocumentedAddresses.class);

    @ArchTest
    static final ArchRule THESE_STATEMENTS_CROSS_SHOPS = methods()
            .that()
            .areAnnotatedWith(CrossTenant.class)
            .should()
            .haveFullName("io.xiaoer.ordersync.cache.CardChangeMapper.oldest(int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.cache.CardChangeMapper.forget(java.util.Collection)")
            .orShould()
            .haveFullName(
                    "io.xiaoer.ordersync.aftersale.AfterSaleMapper.underOlder(io.xiaoer.common.resealing.OlderKey)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.aftersale.AfterSaleMapper.countOlder([B, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.command.CommandMapper.underOlder(io.xiaoer.common.resealing.OlderKey)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.command.CommandMapper.countOlder([B, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.command.IdempotencyMapper.forget(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.command.CommandMapper.forget("
                    + "io.xiaoer.ordersync.command.CommandStatus, java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.inventory.InventoryMapper.forgetEnded(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.inventory.InventoryMapper.overdue(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.order.OrderMapper.forgetReceiversToldBefore(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.order.OrderMapper.underOlder(io.xiaoer.common.resealing.OlderKey)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.order.OrderMapper.countOlder([B, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.order.ErasedMapper.forget(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.request.RequestMapper.underOlder(io.xiaoer.common.resealing.OlderKey)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.request.RequestMapper.countOlder([B, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.source.SourceMapper.underOlder(io.xiaoer.common.resealing.OlderKey)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.source.SourceMapper.countOlder([B, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.source.SourceMapper.byEvents(java.lang.String)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.source.SourceMapper.due(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.source.SourceMapper.standing()")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.source.SourceMapper.forget(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.ordersync.unmask.UnmaskMapper.forget(java.time.Instant, int)")
            .because("whoever reads rows of several shops is named here, so that a new one is seen in review");
}
