"""Replies of the broker as it writes them, one for each TR a typed call reads."""

from typing import Any

from tests.broker.calls import board_samples

HOLDING = {
    "stk_cd": "A005930",
    "stk_nm": "삼성전자",
    "evltv_prft": "-00000000196888",
    "prft_rt": "-52.71",
    "pur_pric": "000000000124500",
    "pred_close_pric": "000000060500",
    "rmnd_qty": "000000000000003",
    "trde_able_qty": "000000000000002",
    "cur_prc": "000000059000",
    "pred_buyq": "000000000000000",
    "pred_sellq": "000000000000000",
    "tdy_buyq": "000000000000001",
    "tdy_sellq": "000000000000000",
    "pur_amt": "000000000373500",
    "pur_cmsn": "000000000000050",
    "evlt_amt": "000000000177000",
    "sell_cmsn": "000000000000020",
    "tax": "000000000000318",
    "sum_cmsn": "000000000000070",
    "poss_rt": "2.12",
    "crd_tp": "00",
    "crd_tp_nm": "보통",
    "crd_loan_dt": "",
}
SALE = {
    "stk_nm": "삼성전자",
    "cntr_qty": "1",
    "buy_uv": "97602.96",
    "cntr_pric": "158200",
    "tdy_sel_pl": "59813.04",
    "pl_rt": "+61.28",
    "stk_cd": "A005930",
    "tdy_trde_cmsn": "500",
    "tdy_trde_tax": "284",
    "wthd_alowa": "0",
    "loan_dt": "",
    "crd_tp": "현금잔고",
}
ORDER = {
    "ord_no": "0060327",
    "stk_nm": "삼성전자",
    "io_tp_nm": "+매수",
    "ord_pric": "250500",
    "ord_qty": "2",
    "cntr_pric": "250250",
    "cntr_qty": "1",
    "oso_qty": "1",
    "tdy_trde_cmsn": "870",
    "tdy_trde_tax": "0",
    "ord_stt": "체결",
    "trde_tp": "보통",
    "orig_ord_no": "0000000",
    "ord_tm": "101414",
    "stk_cd": "005930",
    "stex_tp": "1",
    "stex_tp_txt": "KRX",
    "sor_yn": "N",
    "stop_pric": "0",
}
LISTING = {
    "code": "005930",
    "name": "삼성전자",
    "listCount": "0000005969782550",
    "auditInfo": "정상",
    "regDay": "19750611",
    "lastPrice": "00060500",
    "state": "증거금20%|담보대출|신용가능",
    "marketCode": "0",
    "marketName": "거래소",
    "upName": "전기전자",
    "upSizeName": "대형주",
    "companyClassName": "",
    "orderWarning": "0",
    "nxtEnable": "Y",
}
QUOTE = {
    "stk_cd": "005930",
    "stk_nm": "삼성전자",
    "cur_prc": "-59900",
    "base_pric": "60500",
    "pred_pre": "-600",
    "flu_rt": "-0.99",
    "trde_qty": "15234567",
    "open_pric": "+60600",
    "high_pric": "+61000",
    "low_pric": "-59800",
    "upl_pric": "+78600",
    "lst_pric": "-42400",
    "mac": "3575900",
}
BAR = {
    "cur_prc": "-20800",
    "trde_qty": "82",
    "open_pric": "20850",
    "high_pric": "+21150",
    "low_pric": "-20450",
    "pred_pre": "-50",
    "pred_pre_sig": "5",
}
DAY_BAR = BAR | {"dt": "20260914", "trde_prica": "632640", "trde_tern_rt": "+0.14"}
MINUTE_BAR = BAR | {"cntr_tm": "20260914145200"}

BOOK: dict[str, str] = {"bid_req_base_tm": "145301", "tot_sel_req": "5500", "tot_buy_req": "55"}
BOOK |= {"sel_fpr_bid": "+60100", "sel_fpr_req": "100", "sel_1th_pre_req_pre": "-5"}
BOOK |= {"buy_fpr_bid": "-60000", "buy_fpr_req": "1", "buy_1th_pre_req_pre": "+1"}
for _n in range(2, 11):
    BOOK |= {f"sel_{_n}th_pre_bid": f"+{60000 + 100 * _n}", f"sel_{_n}th_pre_req": f"{100 * _n}"}
    BOOK |= {f"buy_{_n}th_pre_bid": f"-{60100 - 100 * _n}", f"buy_{_n}th_pre_req": f"{_n}"}
    BOOK |= {f"sel_{_n}th_pre_req_pre": "0", f"buy_{_n}th_pre_req_pre": ""}

REPLIES: dict[str, dict[str, Any]] = {
    "ka00001": {"acctNo": "6081234511"},
    "kt00001": {
        "entr": "000000017534258",
        "pymn_alow_amt": "000000000085341",
        "ord_alow_amt": "000000000085341",
        "d1_entra": "000000017450274",
        "d2_entra": "-00000000000084",
    },
    "kt00018": {
        "tot_pur_amt": "000000000373500",
        "tot_evlt_amt": "000000000177000",
        "tot_evlt_pl": "-00000000196888",
        "tot_prft_rt": "-52.71",
        "prsm_dpst_aset_amt": "000001012632507",
        "acnt_evlt_remn_indv_tot": [HOLDING],
    },
    "ka01690": {
        "dt": "20260911",
        "tot_buy_amt": "373500",
        "tot_evlt_amt": "177000",
        "tot_evltv_prft": "-196888",
        "tot_prft_rt": "-52.71",
        "dbst_bal": "932902",
        "day_stk_asst": "1109514",
        "buy_wght": "84.08",
        "day_bal_rt": [
            {
                "cur_prc": "59000",
                "stk_cd": "005930",
                "stk_nm": "삼성전자",
                "rmnd_qty": "3",
                "buy_uv": "124500",
                "buy_wght": "100.0",
                "evltv_prft": "-196888",
                "prft_rt": "-52.71",
                "evlt_amt": "177000",
                "evlt_wght": "100.0",
            }
        ],
    },
    "ka10085": {
        "acnt_prft_rt": [
            {
                "dt": "",
                "stk_cd": "005930",
                "stk_nm": "삼성전자",
                "cur_prc": "-63000",
                "pur_pric": "124500",
                "pur_amt": "373500",
                "rmnd_qty": "3",
                "tdy_sel_pl": "0",
                "tdy_trde_cmsn": "0",
                "tdy_trde_tax": "0",
                "crd_tp": "00",
                "loan_dt": "00000000",
            }
        ]
    },
    "ka10074": {
        "tot_buy_amt": "0",
        "tot_sell_amt": "474600",
        "rlzt_pl": "179419",
        "trde_cmsn": "940",
        "trde_tax": "852",
        "dt_rlzt_pl": [
            {
                "dt": "20241128",
                "buy_amt": "0",
                "sell_amt": "474600",
                "tdy_sel_pl": "179419",
                "tdy_trde_cmsn": "940",
                "tdy_trde_tax": "852",
            }
        ],
    },
    "ka10073": {"dt_stk_rlzt_pl": [SALE | {"dt": "20241128", "tdy_htssel_cmsn": "현금"}]},
    "ka10072": {"dt_stk_div_rlzt_pl": [SALE]},
    "ka10077": {
        "tdy_rlzt_pl": "179439",
        "tdy_rlzt_pl_dtl": [
            {
                "stk_nm": "삼성전자",
                "cntr_qty": "1",
                "buy_uv": "97602.9573459",
                "cntr_pric": "158200",
                "tdy_sel_pl": "59813.0426541",
                "pl_rt": "+61.28",
                "tdy_trde_cmsn": "500",
                "tdy_trde_tax": "284",
                "stk_cd": "A005930",
            }
        ],
    },
    "ka10170": {
        "tot_sell_amt": "48240",
        "tot_buy_amt": "48240",
        "tot_cmsn_tax": "174",
        "tot_exct_amt": "-174",
        "tot_pl_amt": "-174",
        "tot_prft_rt": "-0.36",
        "tdy_trde_diary": [
            {
                "stk_nm": "삼성전자",
                "buy_avg_pric": "60300.5",
                "buy_qty": "1",
                "sel_avg_pric": "60300",
                "sell_qty": "1",
                "cmsn_alm_tax": "174",
                "pl_amt": "-174",
                "sell_amt": "48240",
                "buy_amt": "48240",
                "prft_rt": "-0.36",
                "stk_cd": "005930",
            }
        ],
    },
    "ka10075": {"oso": [{**ORDER, "tm": "101414", "stex_tp_txt": "S-KRX", "sor_yn": "Y"}]},
    "ka10076": {"cntr": [ORDER]},
    "kt00002": {
        "daly_prsm_dpst_aset_amt_prst": [
            {
                "dt": "20260911",
                "entr": "000000932902",
                "grnt_use_amt": "000000000000",
                "crd_loan": "000000000000",
                "ls_grnt": "000000000000",
                "repl_amt": "000000050000",
                "prsm_dpst_aset_amt": "000005761000",
                "prsm_dpst_aset_amt_bncr_skip": "000005761000",
            }
        ],
    },
    "kt00009": {
        "sell_grntl_engg_amt": "000000000000",
        "buy_engg_amt": "000000212700",
        "engg_amt": "000000212700",
        "acnt_ord_cntr_prst_array": [
            {
                "stk_bond_tp": "1",
                "ord_no": "0000037",
                "stk_cd": "A005930",
                "trde_tp": "시장가",
                "io_tp_nm": "현금매수",
                "ord_qty": "0000000003",
                "ord_uv": "0000000000",
                "cnfm_qty": "0000000000",
                "cntr_no": "0000012",
                "orig_ord_no": "0000000",
                "stk_nm": "삼성전자",
                "setl_tp": "삼일결제",
                "crd_deal_tp": "보통매매",
                "cntr_qty": "0000000003",
                "cntr_uv": "0000070900",
                "cntr_tm": "13:07:47",
                "dmst_stex_tp": "KRX",
                "cond_uv": "0000000000",
            }
        ],
    },
    "kt00015": {
        "acnt_no": "8100-0***-11 [연습계좌]",
        "trst_ovrl_trde_prps_array": [
            {
                "trde_dt": "20260911",
                "trde_no": "000000001",
                "rmrk_nm": "장내매도",
                "exct_amt": "000000000056798",
                "loan_amt_rpya": "000000000000000",
                "entra_remn": "000000000093522",
                "trde_ocr_tp": "",
                "trde_kind_nm": "매매",
                "stk_nm": "삼성전자",
                "trde_amt": "000000000056900",
                "trde_agri_tax": "000000000000102",
                "io_tp_nm": "매도",
                "stk_cd": "A005930",
                "trde_qty_jwa_cnt": "1",
                "cmsn": "000000000000000",
                "int_ls_usfe": "000000000000000",
                "proc_tm": "05:00:00",
                "trde_unit": "56,900",
                "loan_dt": "",
                "cntr_dt": "20260909",
            }
        ],
    },
    "kt00007": {
        "acnt_ord_cntr_prps_dtl": [
            {
                "ord_no": "0000050",
                "stk_cd": "A069500",
                "trde_tp": "시장가",
                "crd_tp": "보통매매",
                "ord_qty": "0000000001",
                "ord_uv": "0000000000",
                "cnfm_qty": "0000000000",
                "acpt_tp": "접수",
                "rsrv_tp": "",
                "ord_tm": "13:05:43",
                "ori_ord": "0000000",
                "stk_nm": "KODEX 200",
                "io_tp_nm": "현금매수",
                "loan_dt": "",
                "cntr_qty": "0000000001",
                "cntr_uv": "0000004900",
                "ord_remnq": "0000000000",
                "comm_ord_tp": "REST API",
                "mdfy_cncl": "",
                "cnfm_tm": "",
                "dmst_stex_tp": "SOR",
                "cond_uv": "0000000000",
            }
        ]
    },
    "kt50020": {
        "tot_entr": "000008725680",
        "net_amt": "000010001230",
        "gold_acnt_evlt_prst": [
            {
                "stk_cd": "M04020000",
                "stk_nm": "금 99.99_1kg",
                "real_qty": "000000000010",
                "avg_prc": "000000127432",
                "cur_prc": "000000127800",
                "est_amt": "000001273785",
                "able_qty": "000000000007",
            }
        ],
    },
    "kt50021": {"entra": "000000008725680", "ord_alow_amt": "000000008600000"},
    "kt50031": {
        "acnt_ord_cntr_prps_dtl": [
            {
                "ord_no": "0000012",
                "stk_cd": "M04020000",
                "trde_tp": "보통",
                "crd_tp": "보통매매",
                "ord_qty": "0000000010",
                "ord_uv": "0000127000",
                "cnfm_qty": "0000000000",
                "acpt_tp": "접수",
                "rsrv_tp": "",
                "ord_tm": "13:05:43",
                "ori_ord": "0000000",
                "stk_nm": "금 99.99_1kg",
                "io_tp_nm": "현금매수",
                "loan_dt": "",
                "cntr_qty": "0000000003",
                "cntr_uv": "0000127000",
                "ord_remnq": "0000000007",
                "comm_ord_tp": "REST API",
                "mdfy_cncl": "",
                "cnfm_tm": "",
                "dmst_stex_tp": "KRX",
                "cond_uv": "0000000000",
            }
        ]
    },
    "ka10088": {
        "osop": [
            {
                "stk_cd": "005930",
                "stk_nm": "삼성전자",
                "ord_no": "0000008",
                "ord_qty": "1",
                "ord_pric": "5250",
                "osop_qty": "1",
                "io_tp_nm": "+매수정정",
                "trde_tp": "보통",
                "sell_tp": "2",
                "cntr_qty": "0",
                "ord_stt": "접수",
                "cur_prc": "5250",
                "stex_tp": "1",
                "stex_tp_txt": "S-KRX",
            }
        ]
    },
    "ka10001": QUOTE | {"pre_sig": "5"},
    "ka10095": {"atn_stk_infr": [QUOTE | {"trde_prica": "915000"}]},
    "ka10004": BOOK,
    "ka10079": {"stk_tic_chart_qry": [MINUTE_BAR]},
    "ka10080": {"stk_min_pole_chart_qry": [MINUTE_BAR]},
    "ka10081": {"stk_dt_pole_chart_qry": [DAY_BAR]},
    "ka10082": {"stk_stk_pole_chart_qry": [DAY_BAR]},
    "ka10083": {"stk_mth_pole_chart_qry": [DAY_BAR]},
    "ka10094": {"stk_yr_pole_chart_qry": [DAY_BAR]},
    "ka10099": {"list": [LISTING]},
    "ka10100": LISTING,
} | board_samples.REPLIES
