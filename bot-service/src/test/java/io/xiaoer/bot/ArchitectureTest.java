package io.xiaoer.bot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
        packages = "io.xiaoer.bot",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests ADDRESSES = ArchTests.in(DocumentedAddresses.class);

    @ArchTest
    static final ArchRule FEW_STATEMENTS_CROSS_SHOPS = methods()
            .that()
            .areAnnotatedWith(CrossTenant.class)
            .should()
            .haveFullName("io.xiaoer.bot.faq.FaqMapper.revisionsOfAllShops(int)")
            .orShould()
            .haveFullName("io.xiaoer.bot.mining.UnansweredMapper.deleteOlder(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.bot.dialog.store.FlowMapper.revisionsOfAllShops(int)")
            .orShould()
            .haveFullName("io.xiaoer.bot.script.ScriptMapper.listOfAllShops(int)")
            .orShould()
            .haveFullName("io.xiaoer.bot.script.ScriptMapper.openTrialsOfAllShops(java.time.Instant, int)")
            .orShould()
            .haveFullName("io.xiaoer.bot.script.ScriptMapper.deleteOrphans(int)")
            .orShould()
            .haveFullName("io.xiaoer.bot.script.ScriptMapper.deleteTrialsOlder(java.time.Instant, int)")
            .because("whoever reads rows of several shops is named here, so that a new one is seen in review");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = slices().matching("io.xiaoer.bot.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a source of answers must be understood, and taken out, alone");
}
