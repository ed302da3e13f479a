//! Owns the three-letter codes of countries (ISO 3166-1 alpha-3), which event data uses instead of the two-letter ones.

/// Pairs of codes, two letters and three.
const CODES: &str = "AD AND AE ARE AF AFG AG ATG AI AIA AL ALB AM ARM AO AGO AR ARG AT AUT AU AUS AZ AZE BA BIH BB BRB BD BGD \
BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BN BRN BO BOL BR BRA BS BHS BT BTN BW BWA BY BLR BZ BLZ CA CAN CD COD CF CAF CG COG \
CH CHE CI CIV CK COK CL CHL CM CMR CN CHN CO COL CR CRI CU CUB CV CPV CY CYP CZ CZE DE DEU DJ DJI DK DNK DM DMA DO DOM DZ DZA \
EC ECU EE EST EG EGY EH ESH ER ERI ES ESP ET ETH FI FIN FJ FJI FM FSM FR FRA GA GAB GB GBR GD GRD GE GEO GH GHA GL GRL GM GMB \
GN GIN GQ GNQ GR GRC GT GTM GW GNB GY GUY HK HKG HN HND HR HRV HT HTI HU HUN ID IDN IE IRL IL ISR IN IND IQ IRQ IR IRN IS ISL \
IT ITA JM JAM JO JOR JP JPN KE KEN KG KGZ KH KHM KI KIR KM COM KN KNA KP PRK KR KOR KW KWT KZ KAZ LA LAO LB LBN LC LCA LI LIE \
LK LKA LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY MA MAR MC MCO MD MDA ME MNE MG MDG MH MHL MK MKD ML MLI MM MMR MN MNG MO MAC \
MR MRT MT MLT MU MUS MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM NE NER NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NZ NZL OM OMN \
PA PAN PE PER PG PNG PH PHL PK PAK PL POL PS PSE PT PRT PW PLW PY PRY QA QAT RO ROU RS SRB RU RUS RW RWA SA SAU SB SLB SC SYC \
SD SDN SE SWE SG SGP SI SVN SK SVK SL SLE SM SMR SN SEN SO SOM SR SUR SS SSD ST STP SV SLV SY SYR SZ SWZ TD TCD TG TGO TH THA \
TJ TJK TL TLS TM TKM TN TUN TO TON TR TUR TT TTO TV TUV TW TWN TZ TZA UA UKR UG UGA US USA UY URY UZ UZB VA VAT VC VCT VE VEN \
VN VNM VU VUT WS WSM XK XKX YE YEM ZA ZAF ZM ZMB ZW ZWE";

/// The three-letter code of a country; `None` for organisations and groups.
pub(crate) fn alpha3(alpha2: &str) -> Option<&'static str> {
    let codes: Vec<&str> = CODES.split(' ').filter(|c| !c.is_empty()).collect();
    codes.chunks(2).find(|pair| pair[0] == alpha2).and_then(|pair| pair.get(1).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_two_and_three_letters_in_order() {
        let codes: Vec<&str> = CODES.split_whitespace().collect();
        assert_eq!(codes.len() % 2, 0);
        for pair in codes.chunks(2) {
            assert!(pair[0].len() == 2 && pair[1].len() == 3, "{pair:?}");
        }
        assert!(codes.chunks(2).zip(codes.chunks(2).skip(1)).all(|(a, b)| a[0] < b[0]));
        assert_eq!((alpha3("DE"), alpha3("UA"), alpha3("EU")), (Some("DEU"), Some("UKR"), None));
    }
}
