package io.xiaoer.compensation;

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
        packages = "io.xiaoer.compensation",
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
            .haveFullNameMatching("io\\.xiaoer\\.compensation\\.(task\\.TaskMapper\\."
                    + "(findAny|listAny|lock|insert|change|ofKey|ofUser|empty|due|silentSince|count)"
                    + "|webhook\\.WebhookMapper\\.(underOlder|countOlder))\\(.*")
            .because("whoever reads rows of several shops is named here, so that a new one is seen in review");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = slices().matching("io.xiaoer.compensation.(*)..")
            .should()
            .beFreeOfCycles()
            .because("taking work in, showing it and sending it again are understood one by one");
}
