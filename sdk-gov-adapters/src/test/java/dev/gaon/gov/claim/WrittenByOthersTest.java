package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.license.Work;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.license.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdx.library.ModelCopyManager;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v3_0_1.SpdxModelClassFactoryV3;
import org.spdx.library.model.v3_0_1.core.CreationInfo;
import org.spdx.library.model.v3_0_1.core.Organization;
import org.spdx.library.model.v3_0_1.core.RelationshipType;
import org.spdx.library.model.v3_0_1.dataset.DatasetPackage;
import org.spdx.library.model.v3_0_1.dataset.DatasetType;
import org.spdx.library.model.v3_0_1.expandedlicensing.ConjunctiveLicenseSet;
import org.spdx.library.model.v3_0_1.simplelicensing.AnyLicenseInfo;
import org.spdx.library.model.v3_0_1.simplelicensing.LicenseExpression;
import org.spdx.storage.simple.InMemSpdxStore;
import org.spdx.v3jsonldstore.JsonLDStore;

/** Bills of materials as the libraries of their own projects write them. */
class WrittenByOthersTest {

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"VERSION_14", "VERSION_15", "VERSION_16"})
    void cycloneDx(Version version) throws Exception {
        Component component = new Component();
        component.setType(Component.Type.DATA);
        component.setBomRef("d");
        component.setName("도시숲");
        component.setPublisher("산림청");
        License license = new License();
        license.setName("공공누리 제1유형");
        license.setUrl("https://www.kogl.or.kr/info/licenseType1.do");
        LicenseChoice choice = new LicenseChoice();
        choice.addLicense(license);
        component.setLicenses(choice);
        Component other = new Component();
        other.setType(Component.Type.DATA);
        other.setBomRef("e");
        other.setName("둘레길");
        LicenseChoice expression = new LicenseChoice();
        expression.setExpression(new Expression("LicenseRef-KOGL-1 AND LicenseRef-KOGL-2"));
        other.setLicenses(expression);
        Bom bom = new Bom();
        bom.setComponents(List.of(component, other));
        List<Work> works = Cards.read(
                        BomGeneratorFactory.createJson(version, bom).toJsonString())
                .works();
        assertThat(works).extracting(Work::title).containsExactly("도시숲", "둘레길");
        assertThat(works)
                .extracting(Cards::decide)
                .containsExactly("ALLOW_WITH_DUTIES LicenseRef-KOGL-1", "DENY LicenseRef-KOGL-1 AND LicenseRef-KOGL-2");
        assertThat(Cards.said(works.get(0))).contains("dataset href https://www.kogl.or.kr/info/licenseType1.do");
    }

    @Test
    void spdx3() throws Exception {
        SpdxModelFactory.init();
        JsonLDStore store = new JsonLDStore(new InMemSpdxStore());
        String at = "https://example.org/bill#";
        CreationInfo info =
                SpdxModelClassFactoryV3.createCreationInfo(store, at + "maker", "Gaon", new ModelCopyManager());
        Organization agency = info.createOrganization(at + "agency")
                .setName("산림청")
                .setCreationInfo(info)
                .build();
        ConjunctiveLicenseSet both = info.createConjunctiveLicenseSet(at + "both")
                .addMember(expression(info, at + "one", "LicenseRef-KOGL-1"))
                .addMember(expression(info, at + "two", "LicenseRef-KOGL-2"))
                .setCreationInfo(info)
                .build();
        for (AnyLicenseInfo each : List.of(expression(info, at + "one", "LicenseRef-KOGL-1"), both)) {
            DatasetPackage forest = info.createDatasetPackage(each.getObjectUri() + "-forest")
                    .setName("도시숲")
                    .setReleaseTime("2025-03-04T00:00:00Z")
                    .setSuppliedBy(agency)
                    .addDatasetType(DatasetType.TEXT)
                    .setCreationInfo(info)
                    .build();
            info.createRelationship(each.getObjectUri() + "-r")
                    .setFrom(forest)
                    .setRelationshipType(RelationshipType.HAS_DECLARED_LICENSE)
                    .addTo(each)
                    .setCreationInfo(info)
                    .build();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.serialize(out);
        List<Work> works = DatasetCards.read(out.toByteArray(), "bill.json", null, Cards.DAY)
                .works();
        assertThat(works)
                .extracting(Cards::decide)
                .containsExactlyInAnyOrder(
                        "ALLOW_WITH_DUTIES LicenseRef-KOGL-1", "DENY LicenseRef-KOGL-1 AND LicenseRef-KOGL-2");
        assertThat(works.get(0).toJson()).contains("산림청", "도시숲", "2025-03-04");
    }

    private static LicenseExpression expression(CreationInfo info, String uri, String text) throws Exception {
        return info.createLicenseExpression(uri)
                .setLicenseExpression(text)
                .setCreationInfo(info)
                .build();
    }
}
