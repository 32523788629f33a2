"""National numbers with a check digit or a strict form, as python-stdnum knows them.

Source: python-stdnum 2 (LGPL-2.1 or newer, used unchanged), which cites the authority of each scheme.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from shared.guardrails.pii.bare import made_up

Check = Callable[[str], bool]


class _Scheme(Protocol):
    def is_valid(self, number: str, /) -> bool: ...


PERSONS = """
    se.personnummer no.fodselsnummer fi.hetu dk.cpr is_.kennitala lt.asmens ee.ik pl.pesel cz.rc bg.egn bg.pnf ro.cnp si.emso
    gr.amka tr.tckimlik za.idnr th.pin kr.rrn cn.ric my.nric id.nik fr.nir be.nn be.bis ch.ssn at.vnr es.dni es.nie mx.curp
    mu.nid pk.cnic cu.ni gb.nhs hr.oib ie.pps il.idnr in_.aadhaar in_.vid in_.epic jp.in_ nl.bsn nl.onderwijsnummer
    pt.cc br.cpf ca.sin ca.bc_phn cl.rut do.cedula ec.ci pe.cui cr.cpf cr.cr
""".split()  # noqa: SIM905 - a table
"""Schemes that number persons: those with a date or two check digits first."""

TAXES = """
    it.codicefiscale mx.rfc in_.gstin in_.pan eu.vat ar.cuit cn.uscc co.nit de.idnr de.vat de.stnr br.cnpj ad.nrt al.nipt at.tin
    at.uid au.abn au.acn au.tfn az.voen be.vat bg.vat by.unp ca.bn ch.uid ch.vat cy.vat cz.dic dk.cvr do.rnc ec.ruc ee.kmkr
    ee.registrikood eg.tn es.cif es.nif fi.alv fi.ytunnus fi.veronumero fo.vn fr.nif fr.siren fr.siret fr.tva gb.utr gb.vat
    gh.tin gn.nifp gr.vat gt.nit hu.anum id.npwp ie.vat il.hp is_.vsk it.iva jp.cn ke.pin kr.brn li.peid lt.pvm lu.tva lv.pvn
    mc.tva md.idno me.pib mk.edb mt.vat mz.nuit nl.btw no.mva no.orgnr nz.ird pe.ruc pl.nip pl.regon pt.nif py.ruc ro.cf ro.cui
    rs.pib ru.inn ru.ogrn se.orgnr se.vat sg.uen si.ddv sk.dph sk.rc sm.coe sv.nit th.tin th.moa tn.mf tr.vkn tw.ubn ua.edrpou
    ua.rntrc us.ein us.itin uy.rut ve.rif vn.mst za.tin cr.cpj dz.nif ma.ice
""".split()  # noqa: SIM905 - a table
"""Schemes that number tax payers and companies."""

BANKS = "ar.cbu nz.bankaccount es.ccc no.kontonr".split()  # noqa: SIM905 - a table
"""Schemes of bank accounts that are no IBAN."""


@cache
def check(name: str) -> Check:
    """Whether a number, however it is grouped, is one of the scheme `country.module`."""
    scheme = cast("_Scheme", import_module(f"stdnum.{name}"))

    def valid(number: str) -> bool:
        try:
            return scheme.is_valid(number)
        except (ValueError, IndexError, KeyError, TypeError):  # a few schemes trip over letters where they expect digits
            return False

    return valid


@cache
def _ordered(names: tuple[str, ...], regions: tuple[str, ...]) -> tuple[Check, ...]:
    own = {region.lower() for region in regions}
    return tuple(check(name) for name in sorted(names, key=lambda name: name.partition(".")[0].strip("_") not in own))


_SHORTEST, _LONGEST = 6, 22
_NUMBER = re.compile(r"[A-Za-z]{0,6}[ ./-]{0,3}\d[A-Za-z\d ./-]*\Z")
_OTHER = re.compile(r"\d{3}-\d\d-\d{4}\Z|\d{1,3}(?:\.\d{1,3}){3}\Z|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\Z")  # SSN, IP, date


def known(number: str, names: Iterable[str], regions: Sequence[str] = ()) -> bool:
    """Whether `number` is valid in one of the schemes; those of `regions` are asked first."""
    plain = re.sub(r"[\s./-]", "", number)
    if not _SHORTEST <= len(plain) <= _LONGEST or made_up(plain) or not _NUMBER.match(number) or _OTHER.match(number):
        return False
    return any(valid(number) for valid in _ordered(tuple(names), tuple(regions)))
